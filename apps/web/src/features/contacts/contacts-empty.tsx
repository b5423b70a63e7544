import { Link } from '@tanstack/react-router'
import { FileUp, SearchX, Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'

/** Nobody is in the address book: offers an import, a sample, or one person by hand. */
export function ContactsEmpty({ onAdd, canWrite }: { onAdd: () => void; canWrite: boolean }) {
  const { t } = useTranslation('contacts')
  return (
    <div className="rounded-lg border border-line bg-surface">
      <EmptyState
        size="page"
        icon={Users}
        title={t('empty.title')}
        text={t('empty.text')}
        action={
          canWrite && (
            <>
              <Button asChild>
                <Link to="/contacts/imports/new">
                  <FileUp aria-hidden />
                  {t('empty.import')}
                </Link>
              </Button>
              <Button asChild>
                <Link to="/contacts/imports/new" search={{ sample: '1' }}>
                  {t('empty.sample')}
                </Link>
              </Button>
              <Button tone="ghost" onClick={onAdd}>
                {t('empty.add')}
              </Button>
            </>
          )
        }
      />
    </div>
  )
}

/** The filters find nobody. */
export function ContactsNoMatch({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation('contacts')
  return (
    <EmptyState
      icon={SearchX}
      title={t('noMatch.title')}
      text={t('noMatch.text')}
      action={<Button onClick={onClear}>{t('filters.clear')}</Button>}
    />
  )
}
