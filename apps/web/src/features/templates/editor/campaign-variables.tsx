import { isContactVariable, isVariableName } from '@siar/domain'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { withCampaignVariable } from './template-draft.ts'

export type CampaignVariablesProps = {
  names: readonly string[]
  onChange: (names: readonly string[]) => void
}

/** Names whose values each campaign gives, such as {product}. */
export function CampaignVariables({ names, onChange }: CampaignVariablesProps) {
  const { t } = useTranslation('templates')
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string | undefined>()
  const add = () => {
    if (!name.trim()) return
    if (!isVariableName(name)) return setProblem(t('campaignVariables.invalid'))
    if (isContactVariable(name)) return setProblem(t('campaignVariables.taken'))
    onChange(withCampaignVariable(names, name))
    setName('')
    setProblem(undefined)
  }
  return (
    <div className="flex flex-col gap-3">
      <Field label={t('campaignVariables.title')} hint={t('campaignVariables.hint')} error={problem} optional>
        <div className="flex gap-2">
          <Input
            value={name}
            maxLength={60}
            placeholder={t('campaignVariables.example')}
            aria-label={t('campaignVariables.title')}
            onChange={(event) => {
              setName(event.target.value)
              setProblem(undefined)
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              add()
            }}
          />
          <Button icon={<Plus aria-hidden />} disabled={!name.trim()} onClick={add}>
            {t('campaignVariables.add')}
          </Button>
        </div>
      </Field>
      {names.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {names.map((item) => (
            <li
              key={item}
              className="inline-flex h-7 items-center gap-1 rounded-full bg-accent-soft pr-1 pl-2.5 text-xs font-medium text-accent-ink"
            >
              <code className="font-mono">{`{${item}}`}</code>
              <button
                type="button"
                aria-label={t('takeOut', { name: item })}
                className="flex size-5 items-center justify-center rounded-full hover:bg-hover"
                onClick={() => onChange(names.filter((other) => other !== item))}
              >
                <X className="size-3" aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
