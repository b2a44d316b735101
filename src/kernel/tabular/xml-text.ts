export const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const spreadsheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** A cell holds 32,767 characters at most; a character that XML cannot hold becomes a space. */
export function escapeXml(text: string): string {
  const whole = (text.length > 32_767 ? text.slice(0, 32_767) : text).toWellFormed();
  if (!special.test(whole)) return whole;
  return whole
    .replace(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\r/g, '_x000D_')
    .replace(forbidden, ' ');
}

const forbidden = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const special = /[&<>"\r]|_x[0-9A-Fa-f]{4}_|[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
