import type { Media } from '@siar/contract'
import { Images, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { FileDrop } from '#ui/file-drop.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { MediaPickerDialog } from '../media/media-picker-dialog.tsx'
import { MediaSize, MediaThumb } from '../media/media-tile.tsx'
import { UploadList } from '../media/upload-list.tsx'
import { mediaAccept, useMediaUpload } from '../media/use-media-upload.ts'

export type TemplateMediaProps = { media: Media | null; onChange: (media: Media | null) => void }

/** The picture or document above a message: dropped here, or chosen from the library. */
export function TemplateMedia({ media, onChange }: TemplateMediaProps) {
  const { t } = useTranslation('media')
  const [choosing, setChoosing] = useState(false)
  const { uploads, send, dismiss } = useMediaUpload(onChange)
  return (
    <div className="flex flex-col gap-3">
      {media && (
        <div className="flex items-center gap-3 rounded-lg border border-line p-2.5">
          <span className="size-14 shrink-0 overflow-hidden rounded-md bg-sunken">
            <MediaThumb media={media} />
          </span>
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium">{media.fileName}</span>
            <span className="block text-xs text-subtle">
              <MediaSize media={media} />
            </span>
          </span>
          <IconButton
            label={t('detach', { name: media.fileName })}
            icon={<X aria-hidden />}
            onClick={() => onChange(null)}
          />
        </div>
      )}
      {!media && uploads.every((item) => item.problem !== null) && (
        <FileDrop
          label={t('add')}
          accept={mediaAccept}
          hint={t('kinds')}
          onFiles={(files) => void send(files)}
        />
      )}
      <UploadList uploads={uploads} onDismiss={dismiss} />
      <div>
        <Button size="sm" icon={<Images aria-hidden />} onClick={() => setChoosing(true)}>
          {t('fromLibrary')}
        </Button>
      </div>
      {choosing && (
        <MediaPickerDialog
          onClose={() => setChoosing(false)}
          onPick={(picked) => {
            onChange(picked)
            setChoosing(false)
          }}
        />
      )}
    </div>
  )
}
