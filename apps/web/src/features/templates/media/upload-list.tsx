import { CircleAlert, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '#ui/icon-button.tsx'
import { ProgressBar } from '#ui/progress-bar.tsx'
import type { Upload } from './use-media-upload.ts'

export type UploadListProps = { uploads: readonly Upload[]; onDismiss: (id: number) => void }

/** Files on their way, each with its progress or with why it was refused. */
export function UploadList({ uploads, onDismiss }: UploadListProps) {
  const { t } = useTranslation('media')
  if (uploads.length === 0) return null
  return (
    <ul className="flex flex-col gap-3">
      {uploads.map((item) => (
        <li key={item.id} className="rounded-lg border border-line bg-surface px-4 py-3">
          {item.problem === null ? (
            <ProgressBar
              ratio={item.ratio < 1 ? item.ratio : null}
              label={item.name}
              {...(item.ratio < 1 ? {} : { aside: t('compressing') })}
            />
          ) : (
            <div role="alert" className="flex items-center gap-3">
              <CircleAlert className="size-4 shrink-0 text-danger-ink" aria-hidden />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{item.name}</span>
                <span className="block text-xs text-danger-ink">{item.problem}</span>
              </span>
              <IconButton
                size="sm"
                label={t('dismiss', { name: item.name })}
                icon={<X aria-hidden />}
                onClick={() => onDismiss(item.id)}
              />
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
