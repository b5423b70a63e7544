import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Generator } from '../generators/generator.ts'

/** One sentence per committed file that differs from what its generator gives. */
export async function findStaleFiles(root: string, generators: readonly Generator[]): Promise<string[]> {
  const verdicts = await Promise.all(generators.map((generator) => judge(root, generator)))
  return verdicts.flatMap((verdict) => verdict ?? [])
}

async function judge(root: string, { path: name, render }: Generator): Promise<string | null> {
  const file = path.join(root, name)
  const expected = await render()
  if (!existsSync(file)) return `${name} is missing; run npm run generate`
  const line = firstDifference(await readFile(file, 'utf8'), expected)
  return line === null ? null : `${name} is out of date from line ${line}; run npm run generate`
}

/** The first line, from 1, at which two texts differ, or null. */
function firstDifference(actual: string, expected: string): number | null {
  if (actual === expected) return null
  const lines = expected.split('\n')
  const index = actual.split('\n').findIndex((line, at) => line !== lines[at])
  return index === -1 ? lines.length : index + 1
}
