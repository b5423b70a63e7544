import { useCallback, useRef } from 'react'
import { useForm } from 'react-hook-form'
import type {
  DefaultValues,
  FieldErrors,
  FieldPath,
  FieldValues,
  ResolverResult,
  UseFormReturn,
} from 'react-hook-form'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'

export type ZodForm<Schema extends z.ZodType> = UseFormReturn<FieldsOf<Schema>, unknown, z.output<Schema>>
type FieldsOf<Schema extends z.ZodType> = z.input<Schema> & FieldValues

/**
 * A form checked by a zod schema (usually the body of an operation), with messages in the page's language.
 *
 * Checks on leaving a field, then on every change. A field that was left empty is told so only after the first try to
 * submit: a sentence that appears on leaving would push away the very button or link that was being clicked. Register inputs with `form.register('name')` inside a Field whose
 * `error` is `fieldError(form, 'name')`; use `Controller` of react-hook-form for Select, Switch and the like.
 */
export function useZodForm<Schema extends z.ZodType>(
  schema: Schema,
  defaultValues: DefaultValues<FieldsOf<Schema>>,
): ZodForm<Schema> {
  const { t } = useTranslation('ui')
  const tried = useRef(false)
  const form = useForm<FieldsOf<Schema>, unknown, z.output<Schema>>({
    mode: 'onTouched',
    defaultValues,
    resolver: async (values): Promise<ResolverResult<FieldsOf<Schema>, z.output<Schema>>> => {
      const result = await schema.safeParseAsync(values)
      if (result.success) return { values: result.data, errors: {} }
      const told = result.error.issues.filter(({ path }) => tried.current || !isEmptyAt(values, path))
      return { values: {}, errors: toErrors<FieldsOf<Schema>>(told, t) }
    },
  })
  const { handleSubmit } = form
  const submitting = useCallback<typeof handleSubmit>(
    (onValid, onInvalid) => (event) => {
      tried.current = true
      return handleSubmit(onValid, onInvalid)(event)
    },
    [handleSubmit],
  )
  return { ...form, handleSubmit: submitting }
}

function isEmptyAt(values: unknown, path: readonly PropertyKey[]): boolean {
  const value = path.reduce<unknown>(
    (node, name) => (node !== null && typeof node === 'object' ? Reflect.get(node, name) : undefined),
    values,
  )
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

/** The sentence for one field, or undefined. */
export function fieldError<F extends FieldValues, C, O>(
  form: UseFormReturn<F, C, O>,
  name: FieldPath<F>,
): string | undefined {
  return form.getFieldState(name, form.formState).error?.message
}

/** Puts what the server refused beside its fields; returns true when at least one found its place. */
export function showIssues<F extends FieldValues, C, O>(
  form: UseFormReturn<F, C, O>,
  issues: readonly { path: string; message: string }[],
): boolean {
  let placed = false
  for (const { path, message } of issues) {
    const name = path.replace(/^body\./, '') as FieldPath<F>
    if (form.getValues(name) === undefined) continue
    form.setError(name, { type: 'server', message })
    placed = true
  }
  return placed
}

type UiText = TFunction<'ui'>

function toErrors<F extends FieldValues>(issues: readonly z.core.$ZodIssue[], t: UiText): FieldErrors<F> {
  const errors: Record<string, unknown> = {}
  for (const issue of issues) place(errors, issue.path, { type: issue.code, message: issueText(issue, t) })
  return errors as FieldErrors<F>
}

function place(target: Record<string, unknown>, path: readonly PropertyKey[], error: object): void {
  const [head, ...rest] = path.map(String)
  const key = head ?? 'root'
  if (rest.length === 0) {
    target[key] ??= error
    return
  }
  const child = (target[key] ??= {})
  if (typeof child === 'object' && child !== null) place(child as Record<string, unknown>, rest, error)
}

/** A schema's own message that is a text key of ours would be shown as it is; the common kinds are worded here. */
function issueText(issue: z.core.$ZodIssue, t: UiText): string {
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'string' || issue.origin === 'array') {
        return Number(issue.minimum) <= 1
          ? t('invalid.required')
          : t('invalid.tooShort', { count: Number(issue.minimum) })
      }
      return t('invalid.tooSmall', { count: Number(issue.minimum) })
    case 'too_big':
      return t(issue.origin === 'string' ? 'invalid.tooLong' : 'invalid.tooBig', {
        count: Number(issue.maximum),
      })
    case 'invalid_type':
      return t('invalid.required')
    case 'invalid_format':
      return issue.format === 'email'
        ? t('invalid.email')
        : issue.format === 'url'
          ? t('invalid.url')
          : t('invalid.text')
    case 'custom':
      return issue.message
    default:
      return t('invalid.text')
  }
}
