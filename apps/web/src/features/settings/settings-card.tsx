import type { FormEventHandler, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Skeleton } from '#ui/skeleton.tsx'

export type SettingsCardProps = {
  title: string
  text: string
  children: ReactNode
  onSubmit: FormEventHandler
  /** Something was changed and not saved yet. */
  dirty: boolean
  busy: boolean
  /** Puts the fields back as they were. */
  onReset: () => void
  /** The person may look, not change. */
  readOnly?: boolean
}

/** A group of settings saved together; its button wakes up once something differs. */
export function SettingsCard({
  title,
  text,
  children,
  onSubmit,
  dirty,
  busy,
  onReset,
  readOnly,
}: SettingsCardProps) {
  const { t } = useTranslation(['settings', 'ui'])
  return (
    <Card title={title} text={text} padding="none">
      <form noValidate onSubmit={onSubmit}>
        <fieldset disabled={readOnly} className="flex min-w-0 flex-col gap-5 px-5 pt-1 pb-5">
          {children}
        </fieldset>
        {!readOnly && (
          <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
            {dirty && (
              <Button tone="ghost" onClick={onReset}>
                {t('ui:actions.cancel')}
              </Button>
            )}
            <Button type="submit" tone={dirty ? 'primary' : 'secondary'} busy={busy} disabled={!dirty}>
              {t('save')}
            </Button>
          </footer>
        )}
      </form>
    </Card>
  )
}

/** The shape of a group of settings while its values arrive. */
export function SettingsCardSkeleton({ fields = 3 }: { fields?: number }) {
  return (
    <Card aria-busy="true">
      <Skeleton className="h-4 w-40" />
      <Skeleton className="mt-2 h-3 w-72 max-w-full" />
      <div className="mt-6 flex flex-col gap-5">
        {Array.from({ length: fields }, (_, index) => (
          <div key={index} className="flex flex-col gap-2">
            <Skeleton className="h-3 w-24" />
            <Skeleton className="h-9 w-full" />
          </div>
        ))}
      </div>
    </Card>
  )
}
