// The rules of voting that this unit may choose: its own, and those that come with the hall.
import { Link } from 'wouter'
import type { PresetsView } from '../../../shared/wire/httpPresets.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Card } from '../../kit/Card.tsx'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { presetsPath } from '../../link/presets.ts'
import { presetWords } from '../../words/townPresets.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { LoadedView, useLoaded } from '../loaded.tsx'
import table from '../Table.module.css'
import town from '../Town.module.css'
import styles from './presets.module.css'

export const PresetsPage = () => {
  const word = useWords(presetWords)
  const [loaded, again] = useLoaded<PresetsView>(presetsPath)
  return (
    <>
      <div className={town.head}>
        <div className={town.headText}>
          <h1 className={town.title}>{word('title')}</h1>
          <p className={town.lead}>{word('lead')}</p>
        </div>
      </div>
      <LoadedView loaded={loaded} again={again} lines={8}>
        {({ presets, retired }) => {
          const own = presets.filter(({ isOwn }) => isOwn)
          return (
            <>
              <Card title={word('own')}>
                {own.length === 0 ? (
                  <EmptyState title={word('ownEmptyTitle')} hint={word('ownEmptyHint')} />
                ) : (
                  <Lines lines={own} />
                )}
              </Card>
              <Card title={word('builtIn')}>
                <Lines lines={presets.filter(({ isOwn }) => !isOwn)} />
              </Card>
              {retired.length === 0 ? null : (
                <Card title={word('retired', { count: retired.length })}>
                  <Lines lines={retired} />
                </Card>
              )}
            </>
          )
        }}
      </LoadedView>
    </>
  )
}

const Lines = ({ lines }: { lines: PresetsView['presets'] }) => {
  const word = useWords(presetWords)
  const [language] = useLanguage()
  return (
    <table className={`${table.table} ${table.stacks} ${table.flows}`}>
      <thead>
        <tr>
          <th scope="col">{word('rule')}</th>
          <th scope="col">{word('standing')}</th>
          <th scope="col">{word('source')}</th>
          <th scope="col">{word('from')}</th>
          <th scope="col" className={table.number}>
            {word('version')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ code, name, source, effectiveFrom, version, standing, isOwn }) => (
          <tr key={code}>
            <th scope="row">
              <Link href={`/hall/presets/${code}`} className={styles.name}>
                {pick(name, language)}
              </Link>
            </th>
            <td data-head={word('standing')}>
              <span className={town.row}>
                <Badge>{word(standing)}</Badge>
                {isOwn ? <Badge tone="warn">{word('isCopy')}</Badge> : null}
              </span>
            </td>
            <td data-head={word('source')} className={town.small}>
              {pick(source, language)}
            </td>
            <td data-head={word('from')} className={styles.date}>
              {effectiveFrom}
            </td>
            <td data-head={word('version')} className={table.number}>
              {version}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
