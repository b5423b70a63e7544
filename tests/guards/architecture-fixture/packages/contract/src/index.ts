import { z } from 'zod'
import { word } from '../../domain/src/index.ts'

export const schema = z.literal(word)
