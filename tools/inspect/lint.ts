import { ESLint } from 'eslint'
import type ts from 'typescript'

/** What the lint says about some files. */
export interface LintVerdict {
  readonly files: number
  /** Warnings count too. Empty when all is well. */
  readonly text: string
}

/**
 * Lints a repository by its own rules, with types taken from programs that were checked already instead of loading every
 * project again. A TypeScript file that no program holds is a problem.
 *
 * @param cwd Root of the repository, with its `eslint.config.js`.
 */
export async function lint(cwd: string, programs: readonly ts.Program[]): Promise<LintVerdict> {
  const eslint = new ESLint({
    cwd,
    overrideConfig: {
      files: ['**/*.{ts,tsx}'],
      ignores: ['**/*.config.ts'],
      languageOptions: { parserOptions: { projectService: false, programs: [...programs] } },
    },
  })
  const results = await eslint.lintFiles(['.'])
  const isBad = results.some(({ errorCount, warningCount }) => errorCount + warningCount > 0)
  const formatter = await eslint.loadFormatter('stylish')
  return { files: results.length, text: isBad ? await formatter.format(results) : '' }
}
