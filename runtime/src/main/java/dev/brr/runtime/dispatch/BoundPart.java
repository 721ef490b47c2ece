package dev.brr.runtime.dispatch;

import dev.brr.runtime.contract.FormPart;
import dev.brr.runtime.handler.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A part over what the contract read of it. */
record BoundPart(FormPart part) implements Part {

    @Override
    public String name() {
        return part.name();
    }

    @Override
    public Optional<String> fileName() {
        return part.fileName();
    }

    @Override
    public String mediaType() {
        return part.mediaType().essence();
    }

    @Override
    public long size() {
        return part.content().size();
    }

    @Override
    public InputStream open() throws IOException {
        return part.content().open();
    }

    @Override
    public byte[] bytes() {
        return part.content().bytes();
    }
}
