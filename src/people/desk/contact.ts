/** 98••••••01: enough to recognise one's own number, too little to call it. */
export function maskMobile(mobile: string): string {
  return `${mobile.slice(0, 2)}••••••${mobile.slice(-2)}`;
}

/** su•••@example.in */
export function maskEmail(email: string): string {
  const [name = '', host = ''] = email.split('@');
  return `${name.slice(0, 2)}•••@${host}`;
}
