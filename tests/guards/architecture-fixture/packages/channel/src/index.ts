import { word } from '../../domain/src/index.ts'

export const port = word
