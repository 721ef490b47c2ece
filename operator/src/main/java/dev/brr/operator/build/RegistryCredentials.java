package dev.brr.operator.build;

/** Holds a user name and a password for one registry. Its text form shows neither. */
public record RegistryCredentials(String username, String password) {

    @Override
    public String toString() {
        return "RegistryCredentials[hidden]";
    }
}
