import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { REPOSITORY } from '../repository.ts'
import { lint } from './lint.ts'
import { createProgram, findTypeProblems } from './programs.ts'

const house = mkdtempSync(path.join(tmpdir(), 'siar-inspect-'))
const project = path.join(house, 'tsconfig.json')

beforeAll(() => {
  write('package.json', '{ "type": "module" }')
  const base = path.join(REPOSITORY, 'tsconfig.base.json')
  write('tsconfig.json', JSON.stringify({ extends: base, compilerOptions: { types: [] }, include: ['src'] }))
  write(
    'eslint.config.js',
    `export { default } from ${JSON.stringify(path.join(REPOSITORY, 'eslint.config.js'))}\n`,
  )
})

afterAll(() => rmSync(house, { recursive: true, force: true }))

function write(file: string, text: string): void {
  const target = path.join(house, file)
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, text)
}

test('says nothing of sound types, and names the file, the line and the fault of others', () => {
  write('src/one.ts', 'export const one: number = 1\n')
  expect(findTypeProblems(createProgram(project))).toBe('')
  write('src/one.ts', "export const one: number = 'one'\n")
  expect(findTypeProblems(createProgram(project))).toMatch(/one\.ts\(1,14\): error TS2322/)
})

test('refuses a project whose configuration cannot be read', () => {
  write('broken/tsconfig.json', JSON.stringify({ compilerOptions: { strict: 'very' }, files: [] }))
  expect(findTypeProblems(createProgram(path.join(house, 'broken/tsconfig.json')))).toMatch(/error TS/)
  rmSync(path.join(house, 'broken'), { recursive: true })
  expect(() => createProgram(path.join(house, 'broken/tsconfig.json'))).toThrow(/broken/)
})

test('lints with the types of the programs it is given, and takes no file for granted that none of them holds', async () => {
  write('src/one.ts', 'export const run = (): void => {\n  Promise.resolve()\n}\n')
  const programs = [createProgram(project)]
  expect((await lint(house, programs)).text).toMatch(/no-floating-promises/)
  write('src/one.ts', 'export const one = 1\n')
  expect(await lint(house, [createProgram(project)])).toEqual({ files: 2, text: '' })
  write('elsewhere/two.ts', 'export const two = 2\n')
  expect((await lint(house, programs)).text).toMatch(/not found in any of the provided program/)
})
