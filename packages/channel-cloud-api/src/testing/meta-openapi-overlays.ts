/** A JSON schema as far as it is looked into here. */
export type Schema = {
  $ref?: string
  type?: string
  enum?: unknown[]
  pattern?: string
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema
  allOf?: Schema[]
  oneOf?: Schema[]
  anyOf?: Schema[]
  additionalProperties?: boolean | Schema
  discriminator?: { propertyName: string; mapping?: Record<string, string> }
}

export type Schemas = Record<string, Schema>

function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1)
}

function merge(schemas: Schemas, schema: Schema): Schema {
  if (schema.$ref !== undefined) return merge(schemas, schemas[nameOf(schema.$ref)] ?? {})
  if (schema.allOf === undefined) return schema
  const { allOf, ...rest } = schema
  const parts = [...allOf.map((part) => merge(schemas, part)), rest]
  return parts.reduce<Schema>(
    (merged, part) => ({
      ...merged,
      ...part,
      properties: { ...merged.properties, ...part.properties },
      required: [...new Set([...(merged.required ?? []), ...(part.required ?? [])])],
    }),
    {},
  )
}

/**
 * Makes one object of each `allOf`: the description closes the last part with `additionalProperties: false`, by which no
 * message at all would be valid.
 */
export function mergeAllOf(schemas: Schemas): Schemas {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, merge(schemas, schema)]))
}

const reference = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })

/** A schema with a mapping and no choice says nothing about its kinds; the mapping becomes the choice. */
function chooseByMapping(schemas: Schemas, name: string): void {
  const mapping = schemas[name]?.discriminator?.mapping ?? {}
  schemas[name] = { oneOf: Object.values(mapping).map((ref) => reference(nameOf(ref))) }
}

const textType: Schema = { type: 'string' }
const messageKinds = ['Text', 'Audio', 'Video', 'Document', 'Image', 'Interactive', 'Template']

function property(schemas: Schemas, schema: string, name: string): Schema {
  return schemas[schema]?.properties?.[name] ?? {}
}

/** What Cloud API takes, and the description of November 2025 does not say. */
export function applyOverlays(schemas: Schemas): Schemas {
  for (const kind of messageKinds) {
    const schema = schemas[`${kind}Message`] ?? {}
    schema.properties = { ...schema.properties, recipient: textType, biz_opaque_callback_data: textType }
    schema.required = (schema.required ?? []).filter((name) => name !== 'to')
    schema.anyOf = [{ required: ['to'] }, { required: ['recipient'] }]
  }
  const marketing = schemas['MarketingMessageRequestPayload'] ?? {}
  marketing.properties = {
    ...marketing.properties,
    recipient: textType,
    biz_opaque_callback_data: textType,
    context: reference('MessageContext'),
  }
  for (const name of ['TemplateComponent', 'HeaderComponent', 'BodyComponent', 'ButtonComponent']) {
    property(schemas, name, 'index').pattern = '^([0-9]|1[0-9])$'
    property(schemas, name, 'sub_type').enum = ['quick_reply', 'url', 'catalog', 'copy_code']
  }
  schemas['ButtonCouponParameter'] = {
    type: 'object',
    required: ['type', 'coupon_code'],
    properties: { type: { enum: ['coupon_code'] }, coupon_code: textType },
  }
  const buttonMapping = schemas['ButtonParameterObject']?.discriminator?.mapping
  if (buttonMapping) buttonMapping['coupon_code'] = '#/components/schemas/ButtonCouponParameter'
  for (const name of ['TemplateComponent', 'ParameterObject', 'ButtonParameterObject'])
    chooseByMapping(schemas, name)
  property(schemas, 'InteractiveObject', 'type').enum?.push('cta_url')
  schemas['ActionObject']?.oneOf?.push({
    required: ['name', 'parameters'],
    properties: {
      name: { enum: ['cta_url'] },
      parameters: {
        type: 'object',
        required: ['display_text', 'url'],
        properties: { display_text: textType, url: textType },
      },
    },
  })
  return schemas
}
