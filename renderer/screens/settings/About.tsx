import { useEffect } from 'react'
import { api, settle } from '../../lib/api.ts'
import { useStore } from '../../state/store.ts'
import { Section } from './Section.tsx'

export function About() {
  const about = useStore((state) => state.about)
  const readAbout = useStore((state) => state.readAbout)
  useEffect(() => void readAbout(), [readAbout])
  if (about === null) return null
  return (
    <Section of="about">
      <dl className="about">
        <dt>Strikeline</dt>
        <dd>{about.version}</dd>
        <dt>Electron</dt>
        <dd>
          {about.electron}
          {about.runtimeNote === null ? null : <p className="note">{about.runtimeNote}</p>}
        </dd>
        <dt>Data folder</dt>
        <dd className="address">{about.dataFolder}</dd>
      </dl>
      <p className="muted">
        Your fleet stays on this computer. The only servers asked are those under Data.{' '}
        <button
          type="button"
          className="button quiet"
          onClick={() => void settle(api.app.openLink({ link: 'licence' }))}
        >
          Licence
        </button>
      </p>
    </Section>
  )
}
