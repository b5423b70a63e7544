import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Skeleton } from './skeleton.tsx'

export type QrCodeProps = { value: string | null; sizePx?: number; label?: string }

/** A QR code as a crisp vector, dark on white in both themes so that cameras read it; a skeleton while `value` is null. */
export function QrCode({ value, sizePx = 240, label }: QrCodeProps) {
  const { t } = useTranslation('ui')
  const [path, setPath] = useState<{ d: string; size: number } | null>(null)
  useEffect(() => {
    let current = true
    setPath(null)
    if (value === null) return
    void import('qrcode').then(({ default: qrcode }) => {
      const { modules } = qrcode.create(value, { errorCorrectionLevel: 'M' })
      if (current) setPath({ d: toPath(modules.data, modules.size), size: modules.size })
    })
    return () => {
      current = false
    }
  }, [value])
  return (
    <div
      className="inline-flex max-w-full rounded-lg border border-line bg-[#fff] p-3"
      style={{ width: sizePx + 26 }}
    >
      {path ? (
        <svg
          role="img"
          aria-label={label ?? t('qr.label')}
          viewBox={`0 0 ${path.size} ${path.size}`}
          className="aspect-square w-full"
          shapeRendering="crispEdges"
        >
          <path d={path.d} fill="#000" />
        </svg>
      ) : (
        <Skeleton className="aspect-square h-auto w-full" />
      )}
    </div>
  )
}

function toPath(dark: Uint8Array | Uint8ClampedArray, size: number): string {
  let d = ''
  for (let index = 0; index < dark.length; index += 1) {
    if (dark[index]) d += `M${index % size} ${Math.floor(index / size)}h1v1h-1z`
  }
  return d
}
