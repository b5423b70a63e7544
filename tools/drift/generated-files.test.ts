import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findStaleFiles } from './generated-files.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'siar-generated-'))
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

const generator = (text: string) => ({ path: 'made.md', render: () => Promise.resolve(text) })

test('accepts a file that equals what its generator gives', async () => {
  writeFileSync(path.join(root, 'made.md'), 'one\ntwo\n')
  expect(await findStaleFiles(root, [generator('one\ntwo\n')])).toEqual([])
})

test.each([
  ['a changed line', 'one\ntwo\n', 'one\nTWO\n', 2],
  ['a missing end', 'one\n', 'one\ntwo\n', 2],
  ['text after the end', 'one\ntwo\n', 'one\n', 2],
])('names the first line of %s', async (_what, actual, expected, line) => {
  writeFileSync(path.join(root, 'made.md'), actual)
  expect(await findStaleFiles(root, [generator(expected)])).toEqual([
    `made.md is out of date from line ${line}; run npm run generate`,
  ])
})

test('names a file that was never written', async () => {
  expect(await findStaleFiles(root, [generator('one\n')])).toEqual([
    'made.md is missing; run npm run generate',
  ])
})
