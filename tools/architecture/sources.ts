import { globSync } from 'node:fs'

const SKIPPED = new Set(['node_modules', 'dist', 'architecture-fixture'])

/** TypeScript sources below the folders, as sorted paths relative to `baseDir`, with `/`. */
export function listSources(baseDir: string, folders: readonly string[]): string[] {
  const patterns = folders.map((folder) => `${folder}/**/*.{ts,tsx}`)
  const found = globSync(patterns, {
    cwd: baseDir,
    exclude: (file) => SKIPPED.has(file.split(/[\\/]/).at(-1) ?? ''),
  })
  return found.map((file) => file.replaceAll('\\', '/')).sort()
}
