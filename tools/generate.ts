/** Writes every generated file (`npm run generate`) and names those that changed. */
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { generators } from './generators/index.ts'
import { REPOSITORY } from './repository.ts'

for (const generator of generators) {
  const file = path.join(REPOSITORY, generator.path)
  const text = await generator.render()
  if (existsSync(file) && (await readFile(file, 'utf8')) === text) continue
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, text)
  console.log(`wrote ${generator.path}`)
}
