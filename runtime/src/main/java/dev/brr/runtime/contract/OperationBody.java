package dev.brr.runtime.contract;

import dev.brr.runtime.document.MediaTypeDeclaration;
import dev.brr.runtime.document.References;
import dev.brr.runtime.document.RequestBody;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The request body of one operation, ready to be read. */
public final class OperationBody {
    private final boolean required;
    private final List<BodyReader> readers = new ArrayList<>();
    private final ClosestType<BodyReader> closest;
    private final Map<String, MediaType> spelled = new HashMap<>();

    OperationBody(RequestBody body, ContractSchemas schemas, References references) {
        this.required = body.required();
        for (MediaTypeDeclaration declaration : body.content()) {
            MediaType.parse(declaration.mediaType())
                    .ifPresent(type -> readers.add(new BodyReader(type, declaration, schemas, references)));
        }
        readers.forEach(reader -> spelled.put(reader.range().text(), reader.range()));
        this.closest = new ClosestType<>(readers, BodyReader::range);
    }

    /** Whether a request without a body is refused. */
    public boolean isRequired() {
        return required;
    }

    /** Reads the text of a {@code Content-Type}; nothing when it is none. Most clients spell it as the document does. */
    public Optional<MediaType> mediaType(String contentType) {
        MediaType known = spelled.get(contentType);
        return known != null ? Optional.of(known) : MediaType.parse(contentType);
    }

    /** Finds the reader of a media type, the closest declaration first; nothing when the document has none for it. */
    public Optional<BodyReader> reader(MediaType type) {
        return closest.find(type);
    }

    /** Lists the media types that are declared, for {@code Accept-Post} and for people. */
    public String accepted() {
        return readers.stream().map(reader -> reader.range().text()).sorted().collect(Collectors.joining(", "));
    }
}
