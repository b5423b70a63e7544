import path from 'node:path'
import { cruise as runCruiser } from 'dependency-cruiser'
import type { ICruiseResult } from 'dependency-cruiser'
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config'
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { REPOSITORY } from '../repository.ts'

const CONFIG = path.join(REPOSITORY, '.dependency-cruiser.cjs')

/** One import, both ends as paths relative to the cruised folder, with `/`. */
export interface Edge {
  readonly from: string
  readonly to: string
}

/** One broken rule at one import. */
export interface Violation extends Edge {
  readonly rule: string
}

/** What a cruise saw. `modules` holds source files only, never packages from node_modules or Node's own. */
export interface Cruise {
  readonly modules: readonly string[]
  readonly edges: readonly Edge[]
  readonly violations: readonly Violation[]
}

/** Names of all rules in the configuration, in its order. */
export async function listRules(): Promise<string[]> {
  const config = await extractConfig(CONFIG)
  return (config.forbidden ?? []).flatMap((rule) => (rule.name === undefined ? [] : [rule.name]))
}

/**
 * Follows every import below the given folders and judges them by the rules of the repository.
 *
 * @param baseDir Absolute folder the rules' paths start from.
 * @param folders Folders below `baseDir` to read.
 */
export async function cruise(baseDir: string, folders: readonly string[]): Promise<Cruise> {
  const options = await extractOptions(CONFIG)
  const tsConfig = extractTsConfig(path.join(REPOSITORY, 'tsconfig.json'))
  const { output } = await runCruiser(
    [...folders],
    { ...options, baseDir, validate: true, outputType: 'json' },
    options.enhancedResolveOptions,
    { tsConfig },
  )
  return present(typeof output === 'string' ? (JSON.parse(output) as ICruiseResult) : output)
}

function present(result: ICruiseResult): Cruise {
  const sources = result.modules.filter((module) => module.followable !== false && isSource(module.source))
  return {
    modules: sources.map((module) => module.source),
    edges: sources.flatMap((module) =>
      module.dependencies.map((dependency) => ({ from: module.source, to: dependency.resolved })),
    ),
    violations: result.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  }
}

function isSource(file: string): boolean {
  return /\.tsx?$/.test(file) && !file.includes('node_modules/')
}
