import type { RemoteTemplate, SubmittedButton, TemplateExample, TemplateSubmission } from '@siar/channel'
import { readApproval, readCategory } from './account-event.ts'
import { asList, asRecord, asText } from './json.ts'
import type { Json } from './json.ts'

type Header = TemplateSubmission['header']

function namedExamples(key: string, examples: readonly TemplateExample[]): Json {
  if (examples.length === 0) return {}
  return { example: { [key]: examples.map(({ name, example }) => ({ param_name: name, example })) } }
}

function headerComponents(header: Header): Json[] {
  if (header.kind === 'none') return []
  if (header.kind === 'text') {
    const examples = namedExamples('header_text_named_params', header.examples)
    return [{ type: 'HEADER', format: 'TEXT', text: header.text, ...examples }]
  }
  const example = { header_handle: [header.exampleHandle] }
  return [{ type: 'HEADER', format: header.media.toUpperCase(), example }]
}

function buttonObject(button: SubmittedButton): Json {
  switch (button.kind) {
    case 'quick_reply':
      return { type: 'QUICK_REPLY', text: button.text }
    case 'url': {
      const example = button.example === null ? {} : { example: [button.example] }
      return { type: 'URL', text: button.text, url: button.url, ...example }
    }
    case 'phone':
      return { type: 'PHONE_NUMBER', text: button.text, phone_number: button.phone }
    default:
      return button satisfies never
  }
}

/** What Meta is sent for a new template. Pure. Source: Meta, template components; engines of channels.md §1. */
export function submissionBody(submission: TemplateSubmission): Json {
  const { name, language, category, header, body, examples, footer, buttons } = submission
  const components = [
    ...headerComponents(header),
    { type: 'BODY', text: body, ...namedExamples('body_text_named_params', examples) },
    ...(footer === null ? [] : [{ type: 'FOOTER', text: footer }]),
    ...(buttons.length === 0 ? [] : [{ type: 'BUTTONS', buttons: buttons.map(buttonObject) }]),
  ]
  return { name, language, category, parameter_format: 'NAMED', components }
}

function readExamples(component: Json, key: string): TemplateExample[] {
  return asList(asRecord(component['example'])[key]).flatMap((given) => {
    const entry = asRecord(given)
    const name = asText(entry['param_name'])
    return name === null ? [] : [{ name, example: asText(entry['example']) ?? '' }]
  })
}

const mediaFormats = { IMAGE: 'image', VIDEO: 'video', DOCUMENT: 'document' } as const

/** @returns null for a header Siar cannot fill, such as a place. */
function readHeader(component: Json | undefined): Header | null {
  if (component === undefined) return { kind: 'none' }
  const format = asText(component['format']) ?? 'TEXT'
  if (format === 'TEXT') {
    const examples = readExamples(component, 'header_text_named_params')
    return { kind: 'text', text: asText(component['text']) ?? '', examples }
  }
  if (!(format in mediaFormats)) return null
  const handle = asText(asList(asRecord(component['example'])['header_handle'])[0])
  return {
    kind: 'media',
    media: mediaFormats[format as keyof typeof mediaFormats],
    exampleHandle: handle ?? '',
  }
}

function readButton(given: unknown): SubmittedButton | null {
  const button = asRecord(given)
  const text = asText(button['text']) ?? ''
  switch (button['type']) {
    case 'QUICK_REPLY':
      return { kind: 'quick_reply', text }
    case 'URL':
      return {
        kind: 'url',
        text,
        url: asText(button['url']) ?? '',
        example: asText(asList(button['example'])[0]),
      }
    case 'PHONE_NUMBER':
      return { kind: 'phone', text, phone: asText(button['phone_number']) ?? '' }
    default:
      return null
  }
}

function readSubmission(components: readonly Json[]): RemoteTemplate['submission'] {
  const find = (type: string): Json | undefined => components.find((component) => component['type'] === type)
  const body = find('BODY')
  const header = readHeader(find('HEADER'))
  const buttons = asList(find('BUTTONS')?.['buttons']).map(readButton)
  const isForeign = components.some(
    ({ type }) => !['HEADER', 'BODY', 'FOOTER', 'BUTTONS'].includes(asText(type) ?? ''),
  )
  if (body === undefined || header === null || isForeign || buttons.includes(null)) return null
  return {
    header,
    body: asText(body['text']) ?? '',
    examples: readExamples(body, 'body_text_named_params'),
    footer: asText(find('FOOTER')?.['text']),
    buttons: buttons.filter((button) => button !== null),
  }
}

/** @returns null for an entry that is no template. `submission` is null for one Siar cannot show whole. */
export function readTemplate(given: unknown): RemoteTemplate | null {
  const template = asRecord(given)
  const remoteId = asText(template['id'])
  const name = asText(template['name'])
  const language = asText(template['language'])
  if (remoteId === null || name === null || language === null) return null
  const reason = asText(template['rejected_reason'])
  return {
    remoteId,
    name,
    language,
    category: readCategory(template['category']) ?? 'MARKETING',
    status: readApproval(template['status']),
    reason: reason === 'NONE' ? null : reason,
    parameterFormat: template['parameter_format'] === 'NAMED' ? 'NAMED' : 'POSITIONAL',
    submission: readSubmission(asList(template['components']).map(asRecord)),
  }
}
