/**
 * Types and lint in one process (`npm run inspect`): the same as `npm run types` and `npm run lint` one after the other, in
 * about half the time, because the typed rules ask the compiler that has just checked the types.
 */
import { lint } from './inspect/lint.ts'
import { createProgram, findTypeProblems } from './inspect/programs.ts'
import { REPOSITORY } from './repository.ts'

const PROJECTS = ['tsconfig.json', 'apps/web/tsconfig.json']

process.chdir(REPOSITORY)
const programs = PROJECTS.map(createProgram)
const typeProblems = programs.map(findTypeProblems).join('')
const { files, text } = await lint(REPOSITORY, programs)
if (typeProblems !== '' || text !== '') {
  console.error(typeProblems + text)
  process.exitCode = 1
} else {
  console.log(`${PROJECTS.length} projects have sound types, ${files} files keep the rules of the lint.`)
}
