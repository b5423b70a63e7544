import { templateOperations } from '@siar/contract'
import { buildUrl } from '#app/operation.ts'
import { currentWorkspaceId } from '#app/workspace-choice.ts'

/** Where the browser finds the bytes of a media file; an `<img>` sends no header, so the workspace is in the query. */
export function mediaUrl(mediaId: string, size: 'full' | 'thumbnail'): string {
  const query = { size, workspace: currentWorkspaceId() ?? undefined }
  return buildUrl(templateOperations.getMediaContent.path, { mediaId }, query)
}
