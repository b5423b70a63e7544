import { BaseSequencer } from 'vitest/node'
import type { TestSpecification } from 'vitest/node'

/** Files and folders whose tests take longest; a clean machine does not know it from earlier runs. */
const LONG = [
  'bench/short-forms.test.ts',
  'packages/database/src/embedded/',
  'tests/guards/',
  'apps/server/src/features/identity/',
  'apps/server/src/features/sending/',
]

/** Begins with the long files, so that no core waits at the end for a single one. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((one, other) => rank(one.moduleId) - rank(other.moduleId))
  }
}

function rank(file: string): number {
  const at = LONG.findIndex((part) => file.includes(part))
  return at === -1 ? LONG.length : at
}
