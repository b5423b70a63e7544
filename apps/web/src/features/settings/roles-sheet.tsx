import { PERMISSIONS, ROLES, roleMay } from '@siar/contract'
import type { Permission } from '@siar/contract'
import { Check, Minus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Sheet } from '#ui/sheet.tsx'

const permissions = Object.keys(PERMISSIONS) as Permission[]

/** What each role may do, read from the one table the server enforces. */
export function RolesSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation(['settings', 'app', 'ui'])
  return (
    <Sheet open={open} onOpenChange={onOpenChange} width="lg" title={t('roles.title')} text={t('roles.text')}>
      <dl className="mb-8 grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {ROLES.map((role) => (
          <div key={role}>
            <dt className="text-sm font-semibold">{t(`app:roles.${role}`)}</dt>
            <dd className="text-xs text-pretty text-muted">{t(`roles.says.${role}`)}</dd>
          </div>
        ))}
      </dl>
      <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={t('roles.title')}>
        <table className="w-full min-w-136 border-separate border-spacing-0 text-left text-sm">
          <thead>
            <tr>
              <th scope="col" className="sticky left-0 bg-raised pr-4 pb-2 text-xs font-semibold text-subtle">
                {t('roles.may')}
              </th>
              {ROLES.map((role) => (
                <th
                  key={role}
                  scope="col"
                  className="w-20 pb-2 text-center text-xs font-semibold text-subtle"
                >
                  {t(`app:roles.${role}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {permissions.map((permission) => (
              <tr key={permission}>
                <th
                  scope="row"
                  className="sticky left-0 border-t border-line bg-raised py-2 pr-4 font-normal"
                >
                  {t(`permissions.${permission}`)}
                </th>
                {ROLES.map((role) => (
                  <td key={role} className="border-t border-line py-2">
                    <Mark yes={roleMay(role, permission)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Sheet>
  )
}

function Mark({ yes }: { yes: boolean }) {
  const { t } = useTranslation('settings')
  return (
    <span className="flex justify-center">
      {yes ? (
        <Check className="size-4 text-accent-ink" strokeWidth={2.5} aria-hidden />
      ) : (
        <Minus className="size-4 text-subtle opacity-60" aria-hidden />
      )}
      <span className="sr-only">{yes ? t('roles.yes') : t('roles.no')}</span>
    </span>
  )
}
