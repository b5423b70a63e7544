import { environmentExample } from './environment-example.ts'
import { errorReference } from './error-reference.ts'
import type { Generator } from './generator.ts'
import { openApiDocument } from './openapi-document.ts'

/** Every generated file of the repository. `npm run generate` writes them, `npm run drift` compares them. */
export const generators: readonly Generator[] = [environmentExample, errorReference, openApiDocument]
