import { Smile } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '#ui/icon-button.tsx'

const emoji = [
  ...['👋', '😊', '😍', '🥳', '🙏', '❤️', '👍', '👏', '🎉', '✨', '🔥', '⭐'],
  ...['🎁', '🛍️', '🛒', '💰', '💳', '🏷️', '📣', '📢', '⏰', '📅', '📍', '📞'],
  ...['✅', '❗', '👉', '👇', '🚚', '📦', '☕', '🍽️', '🌙', '☀️', '🕌', '🎂'],
]

/** The emoji that messages to customers use most; any other comes from the keyboard. */
export function EmojiMenu({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation('templates')
  const [open, setOpen] = useState(false)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <IconButton size="sm" label={t('toolbar.emoji')} icon={<Smile aria-hidden />} tooltip={false} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="z-50 grid animate-pop grid-cols-6 gap-0.5 rounded-lg border border-line bg-raised p-2 shadow-float sm:grid-cols-12"
        >
          {emoji.map((sign) => (
            <button
              key={sign}
              type="button"
              className="flex size-9 items-center justify-center rounded-md text-lg hover:bg-hover sm:size-8"
              onClick={() => {
                setOpen(false)
                onPick(sign)
              }}
            >
              {sign}
            </button>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
