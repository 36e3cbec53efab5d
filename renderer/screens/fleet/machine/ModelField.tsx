import { Autocomplete } from '@base-ui/react/autocomplete'
import { useEffect, useId, useState } from 'react'
import type { Catalogue, Model } from '#shared/domain/fleet/catalogue.ts'
import { efficiencyJPerTh, findModels } from '#shared/domain/fleet/catalogue.ts'
import { jPerTh, power, ths } from '#shared/format/units.ts'

const SHOWN = 12

type Props = {
  readonly value: string
  readonly onChange: (text: string) => void
  /** a model of the catalogue was taken: it brings hashrate and power */
  readonly onTake: (model: Model) => void
}

/** Model by name, forgiving about spelling; a name that is not in the catalogue is fine too. */
export function ModelField({ value, onChange, onTake }: Props) {
  const id = useId()
  const [models, setModels] = useState<readonly Model[]>([])
  useEffect(() => {
    let wanted = true
    void import('#assets/asic-models.json').then((module) => {
      if (wanted) setModels((module.default as Catalogue).models)
    })
    return () => {
      wanted = false
    }
  }, [])
  const found = value.trim() === '' ? [] : findModels(models, value, SHOWN)
  return (
    <div className="field">
      <label htmlFor={id}>Model</label>
      <Autocomplete.Root
        items={found}
        value={value}
        mode="none"
        itemToStringValue={(model: Model) => model.name}
        onValueChange={(text, details) => {
          // Escape leaves the list or the dialog, and nothing that was typed.
          if (details.reason === 'escape-key') return
          onChange(text)
          if (details.reason !== 'item-press') return
          const taken = models.find((model) => model.name === text)
          if (taken !== undefined) onTake(taken)
        }}
      >
        <Autocomplete.Input id={id} className="input" placeholder="Antminer S21 200T" autoComplete="off" />
        <Autocomplete.Portal>
          <Autocomplete.Positioner className="layer" sideOffset={4}>
            <Autocomplete.Popup className="popup">
              <Autocomplete.List className="popup-list">
                {(model: Model) => (
                  <Autocomplete.Item key={model.name} value={model} className="popup-item">
                    <span>{model.name}</span>
                    <span className="faint">
                      {ths(model.hashrateThs)} TH/s · {power(model.powerW)} ·{' '}
                      {jPerTh(efficiencyJPerTh(model))} J/TH
                    </span>
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
      <p className="note">A model of the catalogue fills hashrate and power.</p>
    </div>
  )
}
