import type { Operation } from '@siar/contract'
import type { z } from 'zod'

export type { Operation }

type Part<O, K extends string> = O extends { readonly [P in K]: infer S extends z.ZodType }
  ? z.input<S>
  : undefined

/** An input part: absent when the operation has none, optional when all its fields are. */
type Argument<K extends string, T> = [T] extends [undefined]
  ? { [P in K]?: undefined }
  : Record<never, never> extends T
    ? { [P in K]?: T }
    : { [P in K]: T }

/** What a caller gives: `{ params, query, body }`, each only where the operation of the contract has it. */
export type OperationInput<O extends Operation> = Argument<'params', Part<O, 'params'>> &
  Argument<'query', Part<O, 'query'>> &
  Argument<'body', Part<O, 'body'>>

export type OperationOutput<O extends Operation> = O extends { readonly response: infer S extends z.ZodType }
  ? z.output<S>
  : undefined

/** Fills `:name` parts of the path and appends the query; arrays repeat the name, `undefined`, `null` and '' are left out. */
export function buildUrl(path: string, params: unknown, query: unknown): string {
  const values = entries(params)
  const filled = path.replace(/:([A-Za-z][A-Za-z0-9]*)/g, (_, name: string) => {
    const value = values.get(name)
    if (value === undefined || value === null) throw new Error(`path ${path} needs ${name}`)
    return encodeURIComponent(queryText(value))
  })
  const search = new URLSearchParams()
  for (const [name, value] of entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null && item !== '') search.append(name, queryText(item))
    }
  }
  const text = search.toString()
  return text ? `${filled}?${text}` : filled
}

function queryText(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function entries(value: unknown): Map<string, unknown> {
  return new Map(value !== null && typeof value === 'object' ? Object.entries(value) : [])
}
