import { GraphFault, faults } from './graph-fault.ts'
import { asRecord } from './json.ts'
import type { Json } from './json.ts'

export type TemplateStatus = 'PENDING' | 'APPROVED' | 'REJECTED' | 'PAUSED' | 'DISABLED'
export type TemplateCategory = 'MARKETING' | 'UTILITY' | 'AUTHENTICATION'

export interface StoredTemplate {
  readonly id: string
  readonly name: string
  readonly language: string
  category: TemplateCategory
  status: TemplateStatus
  reason: string
  readonly parameterFormat: 'NAMED' | 'POSITIONAL'
  readonly components: readonly Json[]
}

/** How a review ends: for templates of that name, or for all that no other rule names. */
export interface ReviewRule {
  readonly name?: string
  readonly end: 'approve' | 'reject' | 'recategorise'
  readonly reason?: string
  readonly category?: TemplateCategory
}

const categories: readonly unknown[] = ['MARKETING', 'UTILITY', 'AUTHENTICATION']

/** The placeholders of a text: `{{1}}` or `{{first_name}}`, each once. */
export function placeholdersOf(text: unknown): string[] {
  if (typeof text !== 'string') return []
  return [...new Set([...text.matchAll(/\{\{\s*([a-z0-9_]+)\s*\}\}/g)].map((match) => match[1] ?? ''))]
}

function componentOf(components: readonly Json[], type: string): Json | undefined {
  return components.find((component) => component['type'] === type)
}

function checkExamples(component: Json, keys: readonly string[]): void {
  if (placeholdersOf(component['text']).length === 0) return
  const example = asRecord(component['example'])
  if (example === null || !keys.some((key) => Array.isArray(example[key]))) {
    throw faults.parameter(`An example is missing for the variables of ${String(component['type'])}`)
  }
}

function checkComponents(components: readonly Json[]): void {
  const body = componentOf(components, 'BODY')
  if (body === undefined || typeof body['text'] !== 'string')
    throw faults.parameter('A BODY with text is needed')
  if (body['text'].length > 1_024) throw faults.parameter('BODY may have 1024 characters')
  checkExamples(body, ['body_text', 'body_text_named_params'])
  const header = componentOf(components, 'HEADER')
  if (header === undefined) return
  if (header['format'] === 'TEXT') return checkExamples(header, ['header_text', 'header_text_named_params'])
  const handles = asRecord(header['example'])?.['header_handle']
  if (!Array.isArray(handles) || handles.length === 0)
    throw faults.parameter('A media header needs an example')
}

/** Reads a new template; refuses what Meta would. */
export function readSubmission(body: Json, id: string): StoredTemplate {
  const { name, language, category } = body
  if (typeof name !== 'string' || !/^[a-z0-9_]{1,512}$/.test(name))
    throw faults.parameter('name is not valid')
  if (typeof language !== 'string' || !/^[a-z]{2,3}(_[A-Z]{2})?$/.test(language)) {
    throw faults.parameter('language is not valid')
  }
  if (!categories.includes(category)) throw faults.parameter('category is not valid')
  const given = Array.isArray(body['components']) ? body['components'] : []
  const components = given.map(asRecord).filter((component) => component !== null)
  checkComponents(components)
  return {
    id,
    name,
    language,
    category: category as TemplateCategory,
    status: 'PENDING',
    reason: 'NONE',
    parameterFormat: body['parameter_format'] === 'NAMED' ? 'NAMED' : 'POSITIONAL',
    components,
  }
}

export function presentTemplate(template: StoredTemplate): Json {
  const { id, name, language, category, status, reason, parameterFormat, components } = template
  return {
    name,
    parameter_format: parameterFormat,
    components,
    language,
    status,
    category,
    ...(status === 'REJECTED' ? { rejected_reason: reason } : {}),
    id,
  }
}

interface GivenComponent {
  readonly type: string
  readonly parameters: readonly Json[]
}

function givenComponents(template: Json): GivenComponent[] {
  const given = template['components'] ?? []
  if (!Array.isArray(given)) throw faults.value('template.components')
  return given.map((one: unknown) => {
    const component = asRecord(one)
    const type = component?.['type']
    if (component === null || typeof type !== 'string') throw faults.value('template.components')
    const parameters = component['parameters'] ?? []
    if (!Array.isArray(parameters)) throw faults.value('template.components.parameters')
    return { type: type.toLowerCase(), parameters: parameters.map(asRecord).filter((each) => each !== null) }
  })
}

function checkTexts(
  stored: StoredTemplate,
  component: Json | undefined,
  given: readonly Json[],
  where: string,
): void {
  const names = placeholdersOf(component?.['text'])
  if (names.length !== given.length) {
    throw faults.template(
      132000,
      `${where}: number of parameters (${given.length}) does not match (${names.length})`,
    )
  }
  if (stored.parameterFormat === 'POSITIONAL') return
  const named = given.map((parameter) => parameter['parameter_name'])
  if (!names.every((name) => named.includes(name))) {
    throw faults.template(132012, `${where}: parameter_name does not match`)
  }
}

function checkHeader(stored: StoredTemplate, given: readonly Json[]): void {
  const header = componentOf(stored.components, 'HEADER')
  const format = header?.['format'] ?? 'TEXT'
  if (typeof format !== 'string' || format === 'TEXT') return checkTexts(stored, header, given, 'header')
  const kind = format.toLowerCase()
  if (given.length !== 1 || given[0]?.['type'] !== kind) {
    throw faults.template(132012, `header: a parameter of type ${kind} is needed`)
  }
}

/** Checks what a send gives a template. @throws GraphFault as Meta refuses it. */
export function checkTemplateUse(stored: StoredTemplate | undefined, template: Json): StoredTemplate {
  if (stored === undefined || stored.status === 'PENDING' || stored.status === 'REJECTED') {
    throw faults.template(132001, 'The template does not exist in this language, or is not approved')
  }
  if (stored.status === 'PAUSED') throw faults.template(132015, 'The template is paused')
  if (stored.status === 'DISABLED') throw faults.template(132016, 'The template is disabled')
  const given = givenComponents(template)
  const parametersOf = (type: string): readonly Json[] =>
    given.find((component) => component.type === type)?.parameters ?? []
  checkTexts(stored, componentOf(stored.components, 'BODY'), parametersOf('body'), 'body')
  checkHeader(stored, parametersOf('header'))
  return stored
}

/** The templates of one account. */
export class TemplateStore {
  private readonly byKey = new Map<string, StoredTemplate>()

  find(name: string, language: string): StoredTemplate | undefined {
    return this.byKey.get(`${name}/${language}`)
  }

  /** @throws GraphFault when it exists already. */
  add(template: StoredTemplate): void {
    const key = `${template.name}/${template.language}`
    if (this.byKey.has(key)) {
      throw new GraphFault(400, 100, 'Invalid parameter', {
        subcode: 2388024,
        details: 'Content in this language already exists',
      })
    }
    this.byKey.set(key, template)
  }

  list(): StoredTemplate[] {
    return [...this.byKey.values()]
  }

  /** @returns how many of that name were removed. */
  remove(name: string): number {
    const found = this.list().filter((template) => template.name === name)
    for (const template of found) this.byKey.delete(`${template.name}/${template.language}`)
    return found.length
  }
}
