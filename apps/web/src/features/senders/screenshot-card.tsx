import { senderOperations } from '@siar/contract'
import type { Sender } from '@siar/contract'
import { useQuery } from '@tanstack/react-query'
import { ImageOff, RefreshCw } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fetchFile } from '#app/api.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useCurrentWorkspaceId } from '#app/workspace-choice.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { DateTime } from '#ui/time.tsx'

const withoutPage: readonly Sender['status'][] = ['stopped', 'logged_out', 'banned', 'offline']

/** What the browser's page shows now, taken when asked. */
export function ScreenshotCard({ sender }: { sender: Sender }) {
  const { t } = useTranslation('connect')
  if (withoutPage.includes(sender.status))
    return (
      <Card title={t('screenshot.title')} text={t('screenshot.text')}>
        <EmptyState icon={ImageOff} title={t('screenshot.noneTitle')} text={t('screenshot.noneText')} />
      </Card>
    )
  return <LiveScreenshot sender={sender} />
}

function LiveScreenshot({ sender }: { sender: Sender }) {
  const { t } = useTranslation('connect')
  const workspaceId = useCurrentWorkspaceId()
  const input = { params: { senderId: sender.id } }
  const picture = useQuery({
    // Not named by its operation: news of the sender must not take pictures by itself.
    queryKey: ['picture of a sender', workspaceId, sender.id],
    queryFn: ({ signal }) => fetchFile(senderOperations.screenshot, { ...input, signal }),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  })
  const url = useObjectUrl(picture.data)
  return (
    <Card
      title={t('screenshot.title')}
      text={t('screenshot.text')}
      aside={
        <Button
          size="sm"
          icon={<RefreshCw aria-hidden />}
          busy={picture.isFetching}
          onClick={() => void picture.refetch()}
        >
          {t('screenshot.refresh')}
        </Button>
      }
    >
      {picture.error ? (
        <ProblemState error={picture.error} onRetry={() => void picture.refetch()} />
      ) : url ? (
        <figure>
          <img
            src={url}
            alt={t('screenshot.alt', { name: sender.name })}
            className="w-full rounded-md border border-line"
          />
          <figcaption className="mt-2 text-xs text-subtle">
            <DateTime at={new Date(picture.dataUpdatedAt).toISOString()} />
          </figcaption>
        </figure>
      ) : (
        <Skeleton className="aspect-video h-auto w-full" />
      )}
    </Card>
  )
}

/** An address for a picture in memory, given back when another one comes. */
function useObjectUrl(blob: Blob | undefined): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!blob) return setUrl(null)
    const made = URL.createObjectURL(blob)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [blob])
  return url
}
