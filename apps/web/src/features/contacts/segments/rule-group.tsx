import { FolderPlus, Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Checkbox } from '#ui/checkbox.tsx'
import { cn } from '#ui/cn.ts'
import { IconButton } from '#ui/icon-button.tsx'
import { Select } from '#ui/select.tsx'
import { groupDepthMax, newCondition, newGroup } from './draft-rule.ts'
import type { DraftGroup, DraftPart } from './draft-rule.ts'
import { RuleLine } from './rule-line.tsx'
import type { SegmentWords } from './use-segment-words.ts'

export type RuleGroupProps = {
  group: DraftGroup
  depth: number
  onChange: (group: DraftGroup) => void
  /** Not given for the outermost group. */
  onRemove?: () => void
  problems: ReadonlyMap<string, string>
  words: SegmentWords
}

/** Lines and groups of which all must fit, or one; the whole may be turned around. */
export function RuleGroup({ group, depth, onChange, onRemove, problems, words }: RuleGroupProps) {
  const { t } = useTranslation('segments')
  const set = (parts: readonly DraftPart[]) => onChange({ ...group, parts })
  const replace = (part: DraftPart) => set(group.parts.map((one) => (one.key === part.key ? part : one)))
  const remove = (key: string) => set(group.parts.filter((one) => one.key !== key))
  const problem = problems.get(group.key)
  return (
    <div
      role="group"
      aria-label={t('group.label')}
      className={cn(
        'flex min-w-0 flex-col gap-3',
        depth > 1 && 'rounded-lg border border-line bg-sunken/50 p-3 sm:p-4',
      )}
    >
      <GroupHead group={group} onChange={onChange} onRemove={onRemove} />
      <ul className="flex flex-col gap-2">
        {group.parts.map((part, index) => (
          <li key={part.key} className="flex flex-col gap-2">
            {index > 0 && (
              <span className="text-xs font-semibold text-subtle" aria-hidden>
                {t(group.match === 'all' ? 'group.and' : 'group.or')}
              </span>
            )}
            {part.kind === 'group' ? (
              <RuleGroup
                group={part}
                depth={depth + 1}
                onChange={replace}
                onRemove={() => remove(part.key)}
                problems={problems}
                words={words}
              />
            ) : (
              <RuleLine
                condition={part.condition}
                number={index + 1}
                onChange={(condition) => replace({ ...part, condition })}
                onRemove={() => remove(part.key)}
                problem={problems.get(part.key) ?? null}
                words={words}
              />
            )}
          </li>
        ))}
      </ul>
      {problem && (
        <p role="alert" className="text-xs font-medium text-danger-ink">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button size="sm" icon={<Plus aria-hidden />} onClick={() => set([...group.parts, newCondition()])}>
          {t('group.addRule')}
        </Button>
        {depth < groupDepthMax && (
          <Button
            size="sm"
            tone="ghost"
            icon={<FolderPlus aria-hidden />}
            onClick={() => set([...group.parts, newGroup([newCondition()], 'any')])}
          >
            {t('group.addGroup')}
          </Button>
        )}
      </div>
    </div>
  )
}

function GroupHead({
  group,
  onChange,
  onRemove,
}: Pick<RuleGroupProps, 'group' | 'onChange'> & { onRemove?: (() => void) | undefined }) {
  const { t } = useTranslation('segments')
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-start justify-between gap-2">
        <span className="flex flex-wrap items-center gap-2 text-sm">
          <span className={group.negated ? 'font-semibold text-danger-ink' : undefined}>
            {group.negated ? t('group.negated') : t('group.match')}
          </span>
          <Select
            label={t('group.match')}
            size="sm"
            value={group.match}
            onValueChange={(match) => onChange({ ...group, match })}
            options={[
              { value: 'all', label: t('group.all') },
              { value: 'any', label: t('group.any') },
            ]}
            className="w-44"
          />
        </span>
        {onRemove && (
          <IconButton size="sm" label={t('group.remove')} icon={<Trash2 aria-hidden />} onClick={onRemove} />
        )}
      </div>
      <Checkbox
        checked={group.negated}
        onCheckedChange={(negated) => onChange({ ...group, negated: negated === true })}
        label={t('group.negate')}
      />
    </div>
  )
}
