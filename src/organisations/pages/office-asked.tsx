import { TextField, useFrame } from '../../shell/index.ts';

/** The field of a page's filter that asks for an office; see `officeFiltered`. */
export function OfficeAsked({ value, error }: { value: string; error?: string }) {
  const { t } = useFrame();
  return (
    <TextField
      name="office"
      label={t('organisations.officeAsked')}
      value={value}
      error={error}
      width={error ? undefined : 'short'}
      spellcheck={false}
    />
  );
}
