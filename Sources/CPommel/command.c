/* The command `pommel` of a package that has the library: all of it is in there, and its arguments are the process's. */
void pommel_command(void);

int main(void) {
    pommel_command();
    return 0;
}
