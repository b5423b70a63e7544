import type { Template } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import type { StepProps } from '../step-props.ts'
import { missingVariables } from './missing-variables.ts'

export type VariableFieldsProps = Pick<StepProps, 'draft' | 'onChange'> & {
  template: Pick<Template, 'variables'>
  /** After a first try: those without a value say so. */
  showMissing: boolean
}

/** Names a template leaves to the campaign. */
export function openVariables({ variables }: Pick<Template, 'variables'>): Template['variables'] {
  return variables.filter(({ kind }) => kind === 'campaign')
}

/** Values this campaign gives to the names its template leaves open. */
export function VariableFields({ draft, template, showMissing, onChange }: VariableFieldsProps) {
  const { t } = useTranslation('wizard')
  const missing = showMissing ? missingVariables(draft, template) : []
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {openVariables(template).map(({ name, hasDefault }) => (
        <Field
          key={name}
          label={<span className="font-mono text-xs">{`{${name}}`}</span>}
          optional={hasDefault}
          error={missing.includes(name) ? t('variables.missing') : undefined}
        >
          <Input
            value={draft.variables[name] ?? ''}
            maxLength={1000}
            onChange={(event) => onChange({ variables: { ...draft.variables, [name]: event.target.value } })}
          />
        </Field>
      ))}
    </div>
  )
}
