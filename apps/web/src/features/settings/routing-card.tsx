import { BadgeCheck, PiggyBank } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'
import { readMessages, readUsdMinor, toTexts } from './routing-limits.ts'
import { useSaveRules } from './rules-action.ts'
import type { RulesCardProps } from './rules-action.ts'
import { SettingsCard } from './settings-card.tsx'

/** Which road a message takes when a campaign has several kinds of sender, and how much of it may cost money. */
export function RoutingCard({ workspace, readOnly }: RulesCardProps) {
  const { t } = useTranslation('settings')
  const saved = workspace.settings.routing
  const [preset, setPreset] = useState(saved.preset)
  const [texts, setTexts] = useState(() => toTexts(saved))
  const show = (routing: typeof saved) => {
    setPreset(routing.preset)
    setTexts(toTexts(routing))
  }
  const save = useSaveRules(({ settings }) => show(settings.routing))
  const messages = readMessages(texts.messages)
  const usdMinor = readUsdMinor(texts.usd)
  const readable = messages !== undefined && usdMinor !== undefined
  const shown = toTexts(saved)
  return (
    <SettingsCard
      title={t('routing.title')}
      text={t('routing.text')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!readable) return
        const routing = { preset, paidMessagesMax: messages, paidUsdMinorMax: usdMinor }
        save.mutate({ body: { settings: { routing } } })
      }}
      dirty={preset !== saved.preset || texts.messages !== shown.messages || texts.usd !== shown.usd}
      busy={save.isPending}
      onReset={() => show(saved)}
      readOnly={readOnly}
    >
      <PresetChoice preset={preset} onChange={setPreset} readOnly={readOnly} />
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          label={t('routing.messages')}
          hint={t('routing.messagesHint')}
          error={messages === undefined && t('routing.messagesError')}
          optional
        >
          <Input
            inputMode="numeric"
            value={texts.messages}
            placeholder={t('routing.noLimit')}
            onChange={(event) => setTexts({ ...texts, messages: event.target.value })}
          />
        </Field>
        <Field
          label={t('routing.usd')}
          hint={t('routing.usdHint')}
          error={usdMinor === undefined && t('routing.usdError')}
          optional
        >
          <Input
            inputMode="decimal"
            value={texts.usd}
            placeholder={t('routing.noLimit')}
            onChange={(event) => setTexts({ ...texts, usd: event.target.value })}
          />
        </Field>
      </div>
      {readable && <LimitWords messages={messages} usdMinor={usdMinor} />}
    </SettingsCard>
  )
}

type Preset = RulesCardProps['workspace']['settings']['routing']['preset']
type PresetChoiceProps = { preset: Preset; onChange: (preset: Preset) => void; readOnly: boolean }

function PresetChoice({ preset, onChange, readOnly }: PresetChoiceProps) {
  const { t } = useTranslation('settings')
  const icons = { official_first: <BadgeCheck />, cheapest_first: <PiggyBank /> }
  return (
    <RadioCards
      label={t('routing.preset')}
      value={preset}
      onValueChange={onChange}
      options={(['official_first', 'cheapest_first'] as const).map((value) => ({
        value,
        title: t(`routing.${value}.title`),
        text: t(`routing.${value}.text`),
        icon: icons[value],
        disabled: readOnly,
      }))}
    />
  )
}

/** What the limits come to, as sentences. */
function LimitWords({ messages, usdMinor }: { messages: number | null; usdMinor: number | null }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const none = messages === 0 || usdMinor === 0
  return (
    <ul className="flex flex-col gap-1 rounded-lg bg-sunken px-4 py-3 text-sm text-muted">
      {none && <li>{t('routing.says.none')}</li>}
      {!none && messages === null && usdMinor === null && <li>{t('routing.says.unlimited')}</li>}
      {!none && messages !== null && <li>{t('routing.says.messages', { count: messages })}</li>}
      {!none && usdMinor !== null && (
        <li>{t('routing.says.usd', { amount: format.money(usdMinor, 'USD') })}</li>
      )}
      {!none && (messages !== null || usdMinor !== null) && <li>{t('routing.says.after')}</li>}
    </ul>
  )
}
