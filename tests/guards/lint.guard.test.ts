import { ESLint } from 'eslint'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { REPOSITORY } from '../../tools/repository.ts'

/** A house of three files under the rules of the repository: typed rules need a project, and this one is loaded at once. */
const house = mkdtempSync(path.join(tmpdir(), 'siar-lint-'))
const PRODUCT = 'packages/domain/src/index.ts'
const CONFIGURATION = 'apps/server/src/config.ts'
const CORE = 'apps/server/src/core.ts'
const overrideConfigFile = path.join(REPOSITORY, 'eslint.config.js')
const eslint = new ESLint({ cwd: house, overrideConfigFile })

const compilerOptions = { types: ['node'], typeRoots: [path.join(REPOSITORY, 'node_modules/@types')] }
const base = path.join(REPOSITORY, 'tsconfig.base.json')
write('tsconfig.json', JSON.stringify({ extends: base, compilerOptions, include: ['**/*'] }))
for (const file of [PRODUCT, CONFIGURATION, CORE]) write(file, 'export {}\n')

afterAll(() => rmSync(house, { recursive: true, force: true }))

function write(file: string, text: string): void {
  const target = path.join(house, file)
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, text)
}

async function firedRules(text: string, filePath: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(text, { filePath })
  return [...new Set(result?.messages.map(({ ruleId }) => ruleId))]
}

const longFunction = `export function long(): number {\n  let sum = 0\n${'  sum += 1\n'.repeat(100)}  return sum\n}\n`
const longFile =
  'export const one = 1\n' + Array.from({ length: 500 }, (_, at) => `export const n${at} = 1\n`).join('')
const openSwitch = `export function name(kind: 'a' | 'b'): string {
  switch (kind) {
    case 'a':
      return 'A'
  }
  return 'B'
}
`
const deep = 'export function deep(a: boolean): void {\n' + 'if (a) {\n'.repeat(5) + '}\n'.repeat(5) + '}\n'

test.each([
  ['@typescript-eslint/no-explicit-any', 'export const one: any = 1\n'],
  ['@typescript-eslint/no-floating-promises', 'export const run = () => {\n  Promise.resolve()\n}\n'],
  [
    '@typescript-eslint/no-misused-promises',
    'export const run = () => [1].filter(async () => Promise.resolve(true))\n',
  ],
  ['@typescript-eslint/switch-exhaustiveness-check', openSwitch],
  [
    '@typescript-eslint/consistent-type-imports',
    "import { One } from './x.ts'\nexport const one = (value: One) => value\n",
  ],
  ['no-console', "console.log('hello')\n"],
  ['no-restricted-properties', 'export const port = process.env.PORT\n'],
  ['no-restricted-imports', "import { env } from 'node:process'\nexport const port = env.PORT\n"],
  ['no-restricted-syntax', 'export default function run(): void {}\n'],
  ['no-restricted-syntax', 'export enum Kind {\n  One,\n}\n'],
  ['max-lines-per-function', longFunction],
  ['max-lines', longFile],
  ['max-depth', deep],
])('the lint refuses what breaks %s', async (rule, text) => {
  expect(await firedRules(text, PRODUCT)).toContain(rule)
})

test('the lint refuses a file name that says nothing', async () => {
  expect(await firedRules('export const one = 1\n', 'tools/utils.js')).toEqual(['siar/no-vague-file-name'])
})

test('only the file that reads the configuration may see the environment', async () => {
  const text = 'export const port = process.env.PORT\n'
  expect(await firedRules(text, CONFIGURATION)).toEqual([])
  expect(await firedRules(text, CORE)).toEqual(['no-restricted-properties'])
})
