import { describe, expect, test } from 'vitest'
import { cruise } from '../../tools/architecture/cruise.ts'
import { checkFixture } from '../../tools/architecture/fixture.ts'
import { listSources } from '../../tools/architecture/sources.ts'
import { REPOSITORY } from '../../tools/repository.ts'

describe('the architecture check', () => {
  test('fires every rule on its own seeded violation, and on nothing else', async () => {
    expect(await checkFixture()).toEqual([])
  })

  test('follows @siar imports into the sources of the package', async () => {
    const { edges, modules } = await cruise(REPOSITORY, ['packages/contract'])
    const targets = edges.filter(({ from }) => from.startsWith('packages/contract/')).map(({ to }) => to)
    expect(targets).toContain('packages/domain/src/index.ts')
    expect(modules).toContain('packages/domain/src/index.ts')
  })

  test('never lists its own seeded violations as product sources', () => {
    const files = listSources(REPOSITORY, ['tests'])
    expect(files).toContain('tests/guards/architecture.guard.test.ts')
    expect(files.filter((file) => file.includes('architecture-fixture'))).toEqual([])
  })
})
