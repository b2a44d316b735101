/**
 * The look of Daksh: the page frame and the components that every page is made of. README.md beside
 * this file lists each with its props and an example. All are pure; language and CSRF token come
 * from the frame, so a component is told neither.
 */
export type { Band, BandTone } from './components/bands-bar.tsx';
export { BandsBar } from './components/bands-bar.tsx';
export type { ButtonVariant } from './components/button.tsx';
export { Button, ButtonRow, ConfirmPanel, MoreActions } from './components/button.tsx';
export { Checkbox, CheckboxGroup, RadioGroup } from './components/choice.tsx';
export type { CourseCardProps } from './components/course.tsx';
export { ContinueCard, CourseCard, CourseList } from './components/course.tsx';
export type { Column, ColumnKind, DataTableProps } from './components/data-table.tsx';
export { DataTable } from './components/data-table.tsx';
export type { Choice, FieldProps } from './components/field.tsx';
export { controlProps, Field } from './components/field.tsx';
export type { FieldError } from './components/form.tsx';
export { ErrorSummary, errorFor, FilterBar, Form, HiddenFields } from './components/form.tsx';
export { FormPage } from './components/form-page.tsx';
export { Breadcrumbs, PageHeading } from './components/heading.tsx';
export type { IconName } from './components/icon.tsx';
export { Icon } from './components/icon.tsx';
export type { TextFieldProps } from './components/input.tsx';
export {
  DateField,
  FileField,
  PasswordField,
  SelectField,
  TextArea,
  TextField,
} from './components/input.tsx';
export type { SummaryRow, Task } from './components/lists.tsx';
export { CopyCode, KeyValue, PersonLine, SummaryList, TaskList } from './components/lists.tsx';
export type { StepState } from './components/navigation.tsx';
export { Pagination, Steps, Tabs } from './components/navigation.tsx';
export type { NoticeTone, TagTone } from './components/notice.tsx';
export { Flash, Notice, Tag } from './components/notice.tsx';
export { JobProgress, MeterBar, ProgressBar } from './components/progress.tsx';
export type { StatProps } from './components/stat.tsx';
export { NotAvailable, Stat, StatStrip } from './components/stat.tsx';
export { Card, Details, EmptyState, Grid, Prose } from './components/surface.tsx';
export type { Tile } from './components/tile-map.tsx';
export { TileMap } from './components/tile-map.tsx';
export type { TrendPoint } from './components/trend-bars.tsx';
export { TrendBars } from './components/trend-bars.tsx';
export type { Crumb, FlashMessage, FrameLink, PageFrame } from './frame.ts';
export { FrameContext, useFrame } from './frame.ts';
export { renderPage } from './page.tsx';
