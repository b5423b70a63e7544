import { useTranslation } from 'react-i18next'

/** What an action is about: the part of its code before the dot. The filter finds everything below it. */
export const actionGroups = [
  'campaign',
  'contact',
  'list',
  'tag',
  'custom_field',
  'import',
  'consent',
  'suppression',
  'template',
  'media',
  'sender',
  'proxy',
  'member',
  'invitation',
  'api_key',
  'workspace',
  'audit',
] as const
export type ActionGroup = (typeof actionGroups)[number]

/** What was done, as a sentence without its subject ("Started a campaign"); an action without a text keeps its code. */
export function useAuditSentence(): (action: string) => string {
  const { t, i18n } = useTranslation('settings')
  const read: (key: string) => string = t as unknown as (key: string) => string
  return (action) => {
    const key = `audit.actions.${action}`
    return i18n.exists(key, { ns: 'settings' }) ? read(key) : action
  }
}

/** The name of what an action was done to, when the entry tells it. */
export function nameInDetails(details: Readonly<Record<string, unknown>>): string | null {
  const { name, email } = details
  if (typeof name === 'string' && name !== '') return name
  return typeof email === 'string' && email !== '' ? email : null
}

/** Details as lines of `name: value`, values shortened to something readable. */
export function detailLines(details: Readonly<Record<string, unknown>>): { name: string; value: string }[] {
  return Object.entries(details).map(([name, value]) => ({ name, value: readable(value) }))
}

function readable(value: unknown): string {
  if (Array.isArray(value)) return value.map(readable).join(', ')
  if (value !== null && typeof value === 'object') return JSON.stringify(value)
  return String(value)
}
