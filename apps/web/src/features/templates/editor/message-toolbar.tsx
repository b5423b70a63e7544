import { Bold, Code, Italic, Shuffle, Strikethrough } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { EmojiMenu } from './emoji-menu.tsx'
import type { Mark } from './text-edit.ts'
import { VariableMenu } from './variable-menu.tsx'
import type { VariableChoice } from './variable-menu.tsx'

const marks: readonly { mark: Mark; name: 'bold' | 'italic' | 'strike' | 'code'; icon: LucideIcon }[] = [
  { mark: '*', name: 'bold', icon: Bold },
  { mark: '_', name: 'italic', icon: Italic },
  { mark: '~', name: 'strike', icon: Strikethrough },
  { mark: '```', name: 'code', icon: Code },
]

export type MessageToolbarProps = {
  variables: readonly VariableChoice[]
  onMark: (mark: Mark) => void
  onInsert: (text: string) => void
  onSpintax: () => void
}

/** What can be put into a message: marks, variables, several ways to say it, emoji. */
export function MessageToolbar({ variables, onMark, onInsert, onSpintax }: MessageToolbarProps) {
  const { t } = useTranslation('templates')
  return (
    <div
      role="toolbar"
      aria-label={t('toolbar.label')}
      className="flex flex-wrap items-center gap-0.5 rounded-t-lg border border-b-0 border-control/60 bg-sunken px-1.5 py-1"
    >
      {marks.map(({ mark, name, icon: Icon }) => (
        <IconButton
          key={name}
          size="sm"
          label={t(`toolbar.${name}`)}
          icon={<Icon aria-hidden />}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onMark(mark)}
        />
      ))}
      <EmojiMenu onPick={onInsert} />
      <span className="mx-1 h-5 w-px bg-line-strong" aria-hidden />
      <VariableMenu variables={variables} onPick={onInsert} />
      <Button size="sm" tone="ghost" icon={<Shuffle aria-hidden />} onClick={onSpintax} className="px-2">
        {t('toolbar.spintax')}
      </Button>
    </div>
  )
}
