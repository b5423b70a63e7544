import { useTranslation } from 'react-i18next'
import { Card } from '#ui/card.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import type { Template } from '@siar/contract'
import { missingVariables } from '../draft.ts'
import type { StepProps } from '../step-props.ts'

/** Values this campaign gives to the names its template leaves open; nothing when it leaves none. */
export function VariableFields({
  draft,
  template,
  gaps,
  onChange,
}: Omit<StepProps, 'template'> & { template: Template }) {
  const { t } = useTranslation('wizard')
  const open = template.variables.filter(({ kind }) => kind === 'campaign')
  if (open.length === 0) return null
  const missing = gaps.includes('variables') ? missingVariables(draft, template) : []
  return (
    <Card title={t('variables.title')} text={t('variables.text')}>
      <div className="grid gap-4 sm:grid-cols-2">
        {open.map(({ name, hasDefault }) => (
          <Field
            key={name}
            label={<span className="font-mono text-xs">{`{${name}}`}</span>}
            optional={hasDefault}
            error={missing.includes(name) ? t('variables.missing') : undefined}
          >
            <Input
              value={draft.variables[name] ?? ''}
              maxLength={1000}
              onChange={(event) =>
                onChange({ variables: { ...draft.variables, [name]: event.target.value } })
              }
            />
          </Field>
        ))}
      </div>
    </Card>
  )
}
