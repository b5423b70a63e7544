import { readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { applyOverlays, mergeAllOf } from './meta-openapi-overlays.ts'
import type { Schema, Schemas } from './meta-openapi-overlays.ts'
import type { RecordedRequest } from './recording-proxy.ts'

interface Parameter {
  readonly name?: string
  readonly in?: string
  readonly schema?: Schema
}

interface Operation {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

type PathItem = Readonly<Record<string, Operation | readonly Parameter[]>>

interface OpenApi {
  readonly paths: Readonly<Record<string, PathItem>>
  readonly components: { readonly schemas: Schemas }
}

/** Says what is wrong with a request by Meta's own description of its API; nothing when it fits. */
export type RequestCheck = (request: RecordedRequest) => readonly string[]

/** Query arguments of every Graph API call that lists or reads; the description names them on some calls only. */
const commonQuery = ['fields', 'limit', 'after', 'appsecret_proof']

function findPath(document: OpenApi, pathname: string): [template: string, item: PathItem] | null {
  const parts = pathname.split('/')
  const found = Object.entries(document.paths).filter(([template]) => {
    const wanted = template.split('/')
    return (
      wanted.length === parts.length &&
      wanted.every((part, index) => part.startsWith('{') || part === parts[index])
    )
  })
  return found[0] ?? null
}

/** The description has one address shape for many objects; the names of its parameters tell them apart. */
function candidates(document: OpenApi, request: RecordedRequest): Operation[] {
  const [first] = [findPath(document, request.url.pathname)]
  if (first === null) return []
  const length = first[0].split('/').length
  return Object.entries(document.paths).flatMap(([template, item]) => {
    const isSame =
      template.split('/').length === length &&
      findPath({ ...document, paths: { [template]: item } }, request.url.pathname)
    const operation = isSame ? item[request.method.toLowerCase()] : undefined
    if (operation === undefined || Array.isArray(operation)) return []
    const shared = Array.isArray(item['parameters']) ? (item['parameters'] as Parameter[]) : []
    const own = operation as Operation
    return [{ ...own, parameters: [...shared, ...(own.parameters ?? [])] }]
  })
}

function bodySchema(operation: Operation, request: RecordedRequest, json: unknown): Schema | null {
  const type = String(request.headers['content-type'] ?? '').split(';')[0] ?? ''
  const schema = operation.requestBody?.content[type]?.schema
  if (schema === undefined) return null
  const isRead = typeof json === 'object' && json !== null && 'status' in json && json.status === 'read'
  return isRead ? { $ref: '#/components/schemas/MarkMessageRequestPayload' } : schema
}

export function createRequestCheck(file: string): RequestCheck {
  const document = parse(readFileSync(file, 'utf8')) as OpenApi
  const schemas = applyOverlays(mergeAllOf(document.components.schemas))
  const ajv = new Ajv2020.default({ strict: false, allErrors: true, validateFormats: false })
  ajv.addSchema({ $id: 'https://meta.example/openapi', components: { schemas } })
  const inDocument = (schema: Schema): Schema =>
    JSON.parse(
      JSON.stringify(schema).replaceAll('"#/components/', '"https://meta.example/openapi#/components/'),
    ) as Schema

  const checkBody = (operation: Operation, request: RecordedRequest): string[] => {
    if (request.body.byteLength === 0) return []
    const isForm = String(request.headers['content-type']).startsWith('multipart/')
    const json: unknown = isForm ? {} : JSON.parse(request.body.toString('utf8'))
    const schema = bodySchema(operation, request, json)
    if (schema === null) return ['no such body']
    const validate = ajv.compile(inDocument(schema))
    if (validate(json)) return []
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)
  }
  const checkQuery = (operation: Operation, request: RecordedRequest): string[] => {
    const known = (operation.parameters ?? []).flatMap(({ name, in: place }) =>
      place === 'query' && name ? [name] : [],
    )
    return [...request.url.searchParams.keys()]
      .filter((name) => !known.includes(name) && !commonQuery.includes(name))
      .map((name) => `query ${name} is unknown`)
  }
  return (request) => {
    const operations = candidates(document, request)
    if (operations.length === 0) return ['no such operation']
    const problems = operations.map((operation) => [
      ...checkBody(operation, request),
      ...checkQuery(operation, request),
    ])
    return problems.find((list) => list.length === 0) ?? problems[0] ?? []
  }
}
