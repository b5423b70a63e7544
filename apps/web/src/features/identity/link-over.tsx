import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { PublicTask } from './public-task.tsx'

/** A link that no longer does anything: says why, and leads to signing in or what `action` offers. */
export function LinkOver({ title, text, action }: { title: ReactNode; text: ReactNode; action?: ReactNode }) {
  const { t } = useTranslation('identity')
  return (
    <PublicTask title={title} text={text}>
      <div className="flex flex-wrap gap-2">
        {action}
        <Button tone={action ? 'secondary' : 'primary'} size="lg" asChild>
          <Link to="/sign-in">{t('links.signIn')}</Link>
        </Button>
      </div>
    </PublicTask>
  )
}
