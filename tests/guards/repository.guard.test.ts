import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { REPOSITORY } from '../../tools/repository.ts'

const BINARY = /\.(png|jpe?g|gif|webp|ico|pdf|zip|xlsx|woff2?|mp[34]|ogg|wasm)$/
const SOURCE = /\.(ts|tsx|js|mjs|cjs|sql)$/
const HERE = 'tests/guards/repository.guard.test.ts'

const read = (file: string) => readFileSync(path.join(REPOSITORY, file), 'utf8')

const IGNORED = new Set(['node_modules', '.git', 'dist', 'data', 'coverage', 'tmp'])

/** Walks instead of asking git, which a machine that only runs the checks may lack. */
const files = globSync(['**/*', '.*', '.ci/*'], {
  cwd: REPOSITORY,
  withFileTypes: true,
  exclude: (entry) => IGNORED.has(entry.name),
})
  .filter((entry) => entry.isFile() && !BINARY.test(entry.name) && !['.env', '.git'].includes(entry.name))
  .map((entry) =>
    path.relative(REPOSITORY, path.resolve(REPOSITORY, entry.parentPath, entry.name)).replaceAll('\\', '/'),
  )
  .filter((file) => file !== HERE)

function findLines(among: readonly string[], pattern: RegExp): string[] {
  return among.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${file}:${index + 1}: ${line.trim().slice(0, 120)}`] : [],
      ),
  )
}

describe('the repository', () => {
  test('is read as a whole by these guards', () => {
    const anchors = [
      '.npmrc',
      '.ci/run',
      'package.json',
      'packages/domain/src/index.ts',
      'apps/web/package.json',
    ]
    expect(files).toEqual(expect.arrayContaining(anchors))
  })

  test('holds no path of a machine it was written on', () => {
    expect(findLines(files, /(^|[^\w./~@*-])\/(Users|root|work|farm)\/\w/)).toEqual([])
  })

  test('holds no host of a package registry', () => {
    expect(findLines(files, /\/\/(registry|npm)\.[\w.-]+/)).toEqual([])
  })

  test('records no download address for a dependency', () => {
    expect(findLines(['package-lock.json'], /"resolved": "(https?|git|file)/)).toEqual([])
  })

  test('promises nothing for later in its sources', () => {
    expect(findLines(sources(), /\b(TODO|FIXME|XXX)\b/)).toEqual([])
  })

  test('runs every test it holds', () => {
    const tests = sources().filter((file) => /\.test\.tsx?$/.test(file))
    expect(findLines(tests, /\b(test|it|describe)\.(only|skip|todo|fails)\b/)).toEqual([])
  })

  test('pins every dependency to one exact version', () => {
    const manifests = files.filter((file) => /(^|\/)package\.json$/.test(file))
    const loose = manifests.flatMap((file) => listLooseVersions(file))
    expect(loose).toEqual([])
    expect(manifests.length).toBeGreaterThan(5)
  })

  test('carries the full text of its licence', () => {
    const licence = read('LICENSE')
    expect(licence).toContain('Apache License')
    expect(licence).toContain('END OF TERMS AND CONDITIONS')
    expect(JSON.parse(read('package.json'))).toMatchObject({ license: 'Apache-2.0' })
  })
})

function sources(): string[] {
  return files.filter((file) => SOURCE.test(file))
}

function listLooseVersions(file: string): string[] {
  const manifest = JSON.parse(read(file)) as Record<string, Record<string, string> | undefined>
  const groups = ['dependencies', 'devDependencies', 'optionalDependencies']
  const entries = groups.flatMap((group) => Object.entries(manifest[group] ?? {}))
  return entries
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name]) => `${file}: ${name}`)
}
