/** Checks that what is generated or written twice still agrees with its source (`npm run drift`). */
import { findStaleFiles } from './drift/generated-files.ts'
import { findMigrationDrift } from './drift/migrations.ts'
import { findTranslationDrift } from './drift/translations.ts'
import { generators } from './generators/index.ts'
import { REPOSITORY } from './repository.ts'

const problems = [
  ...(await findStaleFiles(REPOSITORY, generators)),
  ...(await findMigrationDrift()),
  ...findTranslationDrift(),
]
if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exitCode = 1
} else {
  console.log(`${generators.length} generated files, migrations and translations agree with their sources.`)
}
