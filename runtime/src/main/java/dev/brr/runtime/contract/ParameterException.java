package dev.brr.runtime.contract;

/** Says that a parameter is not written in the style that the document declares. */
final class ParameterException extends Exception {
    private static final long serialVersionUID = 1L;

    ParameterException(String message) {
        super(message, null, false, false);
    }
}
