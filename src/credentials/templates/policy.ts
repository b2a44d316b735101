/** Who decides how an office's certificates look: its nodal officer, and who sets offices up. */
export const templateRoles = ['nodal', 'operator'] as const;
