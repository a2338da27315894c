import { PasswordInput } from '@mantine/core';
import { useWords } from '../words/words.tsx';

/** A password that the administrator hands over by word of mouth. */
export function NewPassword(props: {
  readonly label: string;
  readonly value: string;
  readonly set: (password: string) => void;
}) {
  const words = useWords();
  return (
    <PasswordInput
      label={props.label}
      description={words.admin.people.passwordRule}
      required
      autoComplete="new-password"
      maxLength={256}
      visibilityToggleButtonProps={{ 'aria-label': words.signIn.showPassword, tabIndex: 0 }}
      value={props.value}
      onChange={(event) => props.set(event.currentTarget.value)}
    />
  );
}
