import { pick } from '../../kernel/i18n.ts';
import { ErrorSummary, FilterBar, PageHeading, useFrame } from '../../shell/index.ts';
import type { OfficeFault } from '../office-search.ts';
import { OfficeAsked } from './office-asked.tsx';

type WrongOfficeProps = {
  title: string;
  /** The page whose filter it is. */
  action: string;
  fault: OfficeFault;
  /** What else the filter held; it goes along unchanged. */
  others?: Record<string, string | undefined>;
};

/** Instead of figures of an office that nobody asked for: the filter with what was typed and what is wrong with it. */
export function WrongOffice({ title, action, fault, others }: WrongOfficeProps) {
  const { language } = useFrame();
  const text = pick(fault.refusal.text, language);
  return (
    <>
      <ErrorSummary errors={[{ field: 'office', text }]} />
      <PageHeading title={title} />
      <FilterBar action={action} hidden={others} resetHref={action}>
        <OfficeAsked value={fault.typed} error={text} />
      </FilterBar>
    </>
  );
}
