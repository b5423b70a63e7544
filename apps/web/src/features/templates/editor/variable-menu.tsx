import { Braces } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'

export type VariableChoice = { name: string; label: string; kind: 'contact' | 'custom' | 'campaign' }

export type VariableMenuProps = {
  variables: readonly VariableChoice[]
  onPick: (text: string) => void
}

const kinds = ['contact', 'custom', 'campaign'] as const

/** Everything that can stand in braces, by where its value comes from. */
export function VariableMenu({ variables, onPick }: VariableMenuProps) {
  const { t } = useTranslation('templates')
  const groups = kinds.flatMap((kind) => {
    const items = variables
      .filter((variable) => variable.kind === kind)
      .map(({ name, label }) => ({
        id: name,
        label,
        hint: `{${name}}`,
        onSelect: () => onPick(`{${name}}`),
      }))
    const withDefault = {
      id: 'name-default',
      label: t('variables.withDefault'),
      hint: t('variables.withDefaultText'),
      onSelect: () => onPick(t('variables.withDefaultText')),
    }
    const all = kind === 'contact' ? [withDefault, ...items] : items
    return all.length > 0 ? [{ label: t(`variables.kinds.${kind}`), items: all }] : []
  })
  return (
    <DropdownMenu
      align="start"
      groups={groups}
      className="max-h-80 w-64"
      trigger={
        <Button size="sm" tone="ghost" icon={<Braces aria-hidden />} className="px-2">
          {t('toolbar.variable')}
        </Button>
      }
    />
  )
}
