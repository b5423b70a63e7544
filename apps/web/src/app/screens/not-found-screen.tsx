import { Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'

/** No screen has this address. */
export function NotFoundScreen() {
  const { t } = useTranslation('app')
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <EmptyState
        size="page"
        icon={Compass}
        title={t('notFound.title')}
        text={t('notFound.text')}
        action={
          <Button tone="primary" asChild>
            <Link to="/">{t('notFound.home')}</Link>
          </Button>
        }
      />
    </main>
  )
}
